"""Files from outside, before they are kept: what they really are, whether they are safe to keep, and a clean name.

What a file is called or says it is (name, media type of the browser) is never believed; the first bytes decide, and the
name must agree. Images, also photos of phones (HEIC) and scans (TIFF), are drawn anew as JPEG or PNG, so nothing of the
file itself is kept: no place, no serial number, no second content. What moves is refused. A PDF that can do something
(script, start a program, carry a file) is refused, not repaired.
Source: security rows 27, 28, 30 and 32.
"""

from zorgbalie.integrations.files.checking import check_file as check_file
from zorgbalie.integrations.files.images import draw_thumbnail as draw_thumbnail
from zorgbalie.integrations.files.names import clean_file_name as clean_file_name
from zorgbalie.integrations.files.texts import clean_text as clean_text
from zorgbalie.integrations.files.types import CheckedFile as CheckedFile
from zorgbalie.integrations.files.types import FileFault as FileFault
from zorgbalie.integrations.files.types import FileRefused as FileRefused
from zorgbalie.integrations.files.types import FileType as FileType
