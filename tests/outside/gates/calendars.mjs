// Reads iCalendar files with ical.js and node-ical, and prints each event as its reader understands it,
// in local time (set TZ): {file: {"ical.js": [...], "node-ical": [...]}}.
import { readFileSync } from 'node:fs';
import { load, require } from './packages.mjs';

const ICAL = (await load('ical.js')).default;
const nodeIcal = require('node-ical');
const two = (number) => String(number).padStart(2, '0');
const local = (moment, dateOnly) => {
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return dateOnly ? day : `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
};

const byIcalJs = (text) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').flatMap((component) => {
    const event = new ICAL.Event(component);
    const found = [];
    const days = event.iterator();
    for (let start = days.next(); start; start = days.next()) {
      const end = start.clone();
      end.addDuration(event.duration);
      const written = (moment) => (moment.isDate ? moment.toString() : local(moment.toJSDate(), false));
      found.push({
        start: written(start),
        end: written(end),
        uid: event.uid,
        summary: event.summary,
        description: event.description ?? '',
        sequence: event.sequence,
        status: component.getFirstPropertyValue('status'),
        alarms: component.getAllSubcomponents('valarm').length,
      });
    }
    return found;
  });

const byNodeIcal = (text) =>
  Object.values(nodeIcal.sync.parseICS(text))
    .filter((event) => event.type === 'VEVENT')
    .map((event) => ({
      start: local(event.start, event.datetype === 'date'),
      end: local(event.end, event.datetype === 'date'),
      uid: event.uid,
      summary: event.summary,
      description: event.description ?? '',
      sequence: Number(event.sequence),
      status: event.status,
      alarms: (event.alarms ?? []).length,
    }));

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  found[file] = { 'ical.js': byIcalJs(text), 'node-ical': byNodeIcal(text) };
}
process.stdout.write(JSON.stringify(found));
