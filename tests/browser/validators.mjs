// Validators of published data that nobody here wrote: Ajv in strict mode (JSON Schema) and the JavaScript library of Frictionless.
// node validators.mjs schema SCHEMA DOCUMENT …   or   node validators.mjs package DATAPACKAGE
// Prints what is wrong, one thing a line; nothing if all is well. Asks nobody: what a schema refers to must stand in it.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import datapackage from 'datapackage';

const [kind, described, ...documents] = process.argv.slice(2);
const read = path => JSON.parse(readFileSync(path, 'utf8'));

async function faults() {
  if (kind === 'package') {
    return (await datapackage.Package.load(described)).errors.map(String);
  }
  const ajv = new Ajv({ strict: true, strictTypes: true, strictRequired: true, allErrors: true });
  addFormats(ajv);
  const valid = ajv.compile(read(described));
  return documents.flatMap(path => (valid(read(path)) ? [] : valid.errors.map(fault => `${fault.instancePath} ${fault.message}`)));
}

try {
  (await faults()).forEach(fault => console.log(fault));
} catch (error) {
  console.log(String(error));
}
