import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type DomainError, invalidField } from '@assay/primitives';
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { brokenForm, oneFile, onceOnly } from '../upload-form';
import { spoolTo, type SpooledFile } from './spool-file';
import { SpooledBody } from './spooled-body';

/** Fields are names, numbers and lists of columns. */
const MOST_FIELD_BYTES = 64 * 1024;
const MOST_FIELDS = 100;

/** The file of a form on disk, with its fields. @throws DomainError as `readForm` does */
export async function spoolForm(
  folder: string,
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
): Promise<SpooledBody> {
  const form = openForm(contentType);
  const fields = new Map<string, string>();
  const files: { name: string; stream: Readable; spooled: Promise<SpooledFile> }[] = [];
  let refused: DomainError | undefined;
  form.on('field', (name, value, nameCut, valueCut) => {
    if (nameCut || valueCut) refused ??= tooLong(name);
    else if (fields.has(name)) refused ??= onceOnly(name, value);
    else fields.set(name, value);
  });
  form.on('fieldsLimit', () => (refused ??= tooMany()));
  form.on('file', (_field, stream, name) => {
    const spooled = spoolTo(folder, stream);
    // what breaks the form is said once, by the form
    stream.on('error', () => undefined);
    // awaited at the end, or not at all where the form broke before
    spooled.catch(() => undefined);
    files.push({ name: name ?? '', stream, spooled });
  });
  try {
    await feed(form, chunks);
    const [first] = files;
    if (refused) throw refused;
    if (files.length !== 1) throw oneFile(files.length);
    return new SpooledBody(await first.spooled, { name: first.name, fields: Object.fromEntries(fields) });
  } catch (error) {
    for (const { stream } of files) stream.destroy(error as Error);
    for (const { spooled } of files) await spooled.then(({ path }) => rm(path, { force: true })).catch(() => undefined);
    throw error;
  }
}

function openForm(contentType: string): BusboyInstance {
  const headers: BusboyHeaders = { 'content-type': contentType };
  const limits = { fieldSize: MOST_FIELD_BYTES, fields: MOST_FIELDS };
  try {
    return new Busboy({ headers, limits, preservePath: true });
  } catch {
    throw brokenForm();
  }
}

/** Hands the chunks on as fast as their files are written. */
async function feed(form: BusboyInstance, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    form.once('finish', resolve);
    form.once('error', () => reject(brokenForm()));
  });
  ended.catch(() => undefined);
  for await (const chunk of chunks) {
    if (form.destroyed) break;
    if (!form.write(chunk)) await Promise.race([once(form, 'drain'), ended]);
  }
  form.end();
  await ended;
}

const tooLong = (name: string): DomainError =>
  invalidField(name.slice(0, 64), 'max_length', null, `a field must be at most ${MOST_FIELD_BYTES} bytes, was more`);

const tooMany = (): DomainError =>
  invalidField('body', 'max_fields', null, `the form must have at most ${MOST_FIELDS} fields, had more`);
