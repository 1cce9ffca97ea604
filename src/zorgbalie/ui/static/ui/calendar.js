// A week or a day as a calendar to drag in. The page is whole without it: this reads what stands in hidden elements,
// draws it, and after a drag fills in the fields of a form of the page and sends that form. It stores nothing itself.
// It is for the mouse and for touch alone and hidden for who reads with a keyboard or by ear: the list or table of the
// page has all of it, in order. How a page uses it: ui/README.md, "Calendar".
"use strict";

(() => {
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const two = (number) => String(number).padStart(2, "0");
  const dayOf = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  const timeOf = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`;

  // Times are what the clock shows, without a zone: the calendar must not shift them to that of the computer.
  const asEvent = (one) => ({
    id: one.dataset.id,
    start: one.dataset.start,
    end: one.dataset.end,
    title: one.dataset.title,
    resourceIds: one.dataset.resource ? [one.dataset.resource] : [],
    display: "background" in one.dataset ? "background" : "auto",
    startEditable: "form" in one.dataset,
    durationEditable: "form" in one.dataset && !("fixedLength" in one.dataset),
    classNames: [`zb-calendar__event--${one.dataset.tone || "info"}`],
    extendedProps: { ...one.dataset },
  });

  // Own elements: the heading that the calendar puts in each event would break the order of headings.
  const contentOf = (info) => {
    const line = (text, name) => {
      const element = document.createElement("span");
      element.className = name;
      element.textContent = text;
      return element;
    };
    const found = [line(info.event.title, "zb-calendar__title")];
    if (info.event.display !== "background") found.unshift(line(info.timeText, "zb-calendar__time"));
    if (info.event.extendedProps.detail) found.push(line(info.event.extendedProps.detail, "zb-calendar__detail"));
    return { domNodes: found };
  };

  const send = (formId, values, action) => {
    const form = document.getElementById(formId);
    all("[data-calendar-fill]", form).forEach((field) => { field.value = values[field.dataset.calendarFill] ?? ""; });
    if (action) form.action = action;
    form.requestSubmit();
  };

  const valuesOf = (start, end, id, resource) => ({
    id,
    resource: resource ?? "",
    day: dayOf(start),
    start: timeOf(start),
    end_day: dayOf(end),
    end: timeOf(end),
  });

  all("[data-calendar]", document).forEach((box) => {
    const words = box.dataset;
    const moved = (info) => {
      const props = info.event.extendedProps;
      const now = valuesOf(info.event.start, info.event.end, info.event.id, info.event.resourceIds[0]);
      send(props.form, { ...props, ...now }, props.action);
    };
    box.hidden = false;
    box.setAttribute("aria-hidden", "true");
    EventCalendar.create(box, {
      view: words.view,
      date: words.day,
      firstDay: 1,
      locale: document.documentElement.lang || "nl",
      headerToolbar: { start: "", center: "", end: "" },
      allDaySlot: false,
      height: "auto",
      slotMinTime: words.from,
      slotMaxTime: words.until,
      slotDuration: words.slot || "00:30",
      snapDuration: words.snap || "00:05",
      slotHeight: Number(words.height || 24),
      dayHeaderFormat: { weekday: "short", day: "numeric", month: "short" },
      eventTimeFormat: { hour: "numeric", minute: "2-digit" },
      slotLabelFormat: { hour: "numeric", minute: "2-digit" },
      highlightedDates: [],
      nowIndicator: false,
      eventContent: contentOf,
      events: all("[data-calendar-event]", box).map(asEvent),
      resources: all("[data-calendar-resource]", box).map((one) => ({ id: one.dataset.id, title: one.dataset.title })),
      selectable: "form" in words,
      selectBackgroundColor: "var(--zb-tint-hover)",
      select: (info) => send(words.form, valuesOf(info.start, info.end, "", info.resource?.id)),
      eventClick: (info) => { if (info.event.extendedProps.href) location.assign(info.event.extendedProps.href); },
      eventDidMount: (info) => { ["role", "tabindex"].forEach((name) => info.el.removeAttribute(name)); info.el.title = info.el.innerText; },
      eventDrop: moved,
      eventResize: moved,
    });
  });

  // Back from the next page the browser may show what was dragged and never stored: ask again what stands.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
