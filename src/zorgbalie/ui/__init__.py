"""The look of Zorgbalie: NL Design System components as template tags, icons, formats, themes.

Owns: page shells, components, style sheets, the small script, date and number formats.
Does not own: any data, any rule about who may see what. It never queries.
Source: shared page rules (Dutch B1, WCAG 2.2 AA, works without JavaScript, strict CSP).
"""
