// Reads a calendar from standard input with ical.js and tells its events as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(`${process.argv[2]}/ical.js/dist/ical.js`));
const whole = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const events = whole.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid,
    first: event.startDate.toString(),
    end: event.endDate.toString(),
    isDate: event.startDate.isDate,
    summary: event.summary,
    description: event.description,
    status: one.getFirstPropertyValue("status"),
  };
});
const sorted = events.sort((a, b) => a.first.localeCompare(b.first));
console.log(JSON.stringify({ version: whole.getFirstPropertyValue("version"), events: sorted }));
