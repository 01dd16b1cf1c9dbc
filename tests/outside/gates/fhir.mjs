// Judges FHIR R4 files by two readers and prints their objections, warnings included:
// {file: {"medplum": [...], "hl7": [...]}}.
// medplum: the validator of @medplum/core, with HL7's definitions.
// hl7: HL7's own invariants by NLM's fhirpath, required code lists, unknown elements, and units by NLM's ucum-lhc.
import { readFileSync } from 'node:fs';
import { definitions, require } from './packages.mjs';

const core = require('@medplum/core');
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const { UcumLhcUtils } = require('@lhncbc/ucum-lhc');

const types = definitions('profiles-types.json');
const resources = definitions('profiles-resources.json');
core.indexStructureDefinitionBundle(types);
core.indexStructureDefinitionBundle(resources);

const structures = new Map();
for (const { resource } of [...types.entry, ...resources.entry]) {
  if (resource.resourceType === 'StructureDefinition' && resource.derivation !== 'constraint') {
    const elements = new Map(resource.snapshot.element.map((element) => [element.path, element]));
    structures.set(resource.name, { kind: resource.kind, elements });
  }
}

const terms = new Map();
for (const file of ['valuesets.json', 'v3-codesystems.json']) {
  for (const { resource } of definitions(file).entry) {
    if (resource.url) terms.set(`${resource.resourceType} ${resource.url}`, resource);
  }
}
const codes = (concepts) => (concepts ?? []).flatMap((one) => [one.code, ...codes(one.concept)]);
const lists = new Map();
function allowed(url) {
  const plain = url.split('|')[0];
  if (!lists.has(plain)) {
    const set = terms.get(`ValueSet ${plain}`);
    let found = set ? new Set() : undefined;
    for (const include of set?.compose?.include ?? []) {
      const system = terms.get(`CodeSystem ${include.system}`);
      if (include.concept) include.concept.forEach((one) => found?.add(one.code));
      else if (system?.concept && !include.valueSet) codes(system.concept).forEach((code) => found?.add(code));
      else found = undefined; // a list that cannot be written out here, such as all languages
    }
    lists.set(plain, found);
  }
  return lists.get(plain);
}

const SKIPPED = new Set(['txt-1', 'txt-2']); // need a reader of XHTML
const compiled = new Map();
const units = UcumLhcUtils.getInstance();

function holds(rule, base, node, root) {
  const key = `${base} ${rule.expression}`;
  if (!compiled.has(key)) compiled.set(key, fhirpath.compile({ base, expression: rule.expression }, r4, { traceFn: () => {} }));
  const result = compiled.get(key)(node, { resource: root, rootResource: root });
  return result.length === 0 || result[0] === true;
}

function constraints(element, base, node, root, where, issues) {
  for (const rule of element.constraint ?? []) {
    if (SKIPPED.has(rule.key) || !rule.expression) continue;
    if (!holds(rule, base, node, root)) issues.push(`${where}: ${rule.key} ${rule.human}`);
  }
}

function bound(element, value, where, issues) {
  if (element.binding?.strength !== 'required' || !element.binding.valueSet) return;
  const list = allowed(element.binding.valueSet);
  const given = typeof value === 'string' ? [value] : (value?.coding ?? []).map((coding) => coding.code);
  for (const code of list ? given : []) {
    if (!list.has(code)) issues.push(`${where}: '${code}' is not in ${element.binding.valueSet}`);
  }
}

function childOf(elements, path, key) {
  const plain = elements.get(`${path}.${key}`);
  if (plain) return [plain, plain.type?.[0]?.code];
  for (const [name, element] of elements) {
    if (!name.endsWith('[x]') || name.slice(0, name.lastIndexOf('.')) !== path) continue;
    const stem = name.slice(path.length + 1, -3);
    const type = element.type.find((one) => stem + one.code[0].toUpperCase() + one.code.slice(1) === key);
    if (type) return [element, type.code];
  }
  return [];
}

const simple = (element, type) =>
  (element.type ?? []).some((one) => one.code === type && (one.profile ?? []).some((url) => url.endsWith('/SimpleQuantity')));

function walk(node, path, structure, root, where, issues) {
  const own = structure.elements.get(path);
  constraints(own, path, node, root, where, issues);
  if (['Quantity', 'Duration', 'Age'].includes(path) && node.system === 'http://unitsofmeasure.org') {
    const unit = units.validateUnitString(node.code ?? '');
    if (unit.status !== 'valid' || unit.ucumCode !== node.code) issues.push(`${where}: no UCUM unit '${node.code}'`);
  }
  const choices = new Map();
  for (const [key, value] of Object.entries(node)) {
    if (key === 'resourceType' || key.startsWith('_')) continue;
    const [element, type] = childOf(structure.elements, path, key);
    if (!element) {
      issues.push(`${where}: unknown element '${key}'`);
      continue;
    }
    if (element.path.endsWith('[x]')) {
      if (choices.has(element.path)) issues.push(`${where}: both ${choices.get(element.path)} and ${key}`);
      choices.set(element.path, key);
    }
    if (Array.isArray(value) && value.length === 0) issues.push(`${where}.${key}: empty list`);
    (Array.isArray(value) ? value : [value]).forEach((part, index) => {
      const here = `${where}.${key}${Array.isArray(value) ? `[${index}]` : ''}`;
      bound(element, part, here, issues);
      if (typeof part !== 'object' || part === null) return;
      if (part.resourceType) return resource(part, part, here, issues);
      const again = element.contentReference?.slice(1);
      if (again || ['BackboneElement', 'Element'].includes(type)) {
        return walk(part, again ?? element.path, structure, root, here, issues);
      }
      if (part.comparator && simple(element, type)) issues.push(`${here}: sqty-1 a simple quantity has no comparator`);
      const inner = structures.get(type);
      if (!inner || inner.kind === 'primitive-type') return issues.push(`${here}: an object where ${type} belongs`);
      if (type !== 'Extension' || element.path !== 'Extension') constraints(element, type, part, root, here, issues);
      return walk(part, type, inner, root, here, issues);
    });
  }
}

function resource(node, root, where, issues) {
  const structure = structures.get(node.resourceType);
  if (!structure) issues.push(`${where}: no resource '${node.resourceType}'`);
  else walk(node, node.resourceType, structure, root, where, issues);
}

/** What a server does on a transaction: addresses within the bundle become those of resources. */
function settled(bundle) {
  let text = JSON.stringify(bundle);
  for (const entry of Array.isArray(bundle.entry) ? bundle.entry : []) {
    const url = entry?.fullUrl;
    if (!url?.startsWith?.('urn:uuid:')) continue;
    text = text.replaceAll(`{"reference":"${url}"}`, `{"reference":"${entry.resource?.resourceType}/${url.slice(9)}"}`);
  }
  return JSON.parse(text);
}

function byMedplum(bundle) {
  const node = settled(bundle);
  const parts = [node, ...(Array.isArray(node.entry) ? node.entry.map((entry) => entry?.resource) : [])];
  return parts.filter(Boolean).flatMap((part) => {
    try {
      return (core.validateResource(part) ?? []).map((issue) => `${issue.severity}: ${issue.details?.text}`);
    } catch (problem) {
      return [String(problem.message)];
    }
  });
}

function byHl7(node) {
  const issues = [];
  try {
    resource(node, node, node.resourceType, issues);
  } catch (problem) {
    issues.push(`cannot be evaluated: ${problem.message}`);
  }
  return [...new Set(issues)];
}

const found = {};
for (const file of process.argv.slice(2)) {
  const node = JSON.parse(readFileSync(file, 'utf8'));
  found[file] = { medplum: byMedplum(node), hl7: byHl7(node) };
}
process.stdout.write(JSON.stringify(found));
