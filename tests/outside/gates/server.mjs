// Posts a transaction bundle to an in-memory FHIR R4 server, reads the drafts back by search, posts it again,
// and prints what the server said: {first: [status], second: [status], requests: [...], counts: {...}}.
import { definitions, readJson, require } from './packages.mjs';

const { MockClient } = require('@medplum/mock');
const core = require('@medplum/core');
core.indexStructureDefinitionBundle(definitions('profiles-types.json'));
core.indexStructureDefinitionBundle(definitions('profiles-resources.json'));
core.indexSearchParameterBundle(definitions('search-parameters.json'));
const client = new MockClient();
const bundle = readJson(process.argv[2]);
const statuses = (answer) => answer.entry.map((entry) => entry.response.status);
const first = statuses(await client.executeBatch(bundle));
const second = statuses(await client.executeBatch(bundle));
client.invalidateAll();
const names = [...new Set(bundle.entry.map((entry) => entry.resource.resourceType))];
const mine = new Set(bundle.entry.map((entry) => entry.resource.identifier[0].value));
const counts = {};
let requests = [];
for (const name of names) {
  const found = await client.searchResources(name, { subject: process.argv[3], _count: '1000' });
  const own = found.filter((one) => mine.has(one.identifier?.[0]?.value));
  counts[name] = own.length;
  if (name === 'MedicationRequest') requests = own;
}
process.stdout.write(JSON.stringify({ first, second, counts, requests }));
process.exit(0);
