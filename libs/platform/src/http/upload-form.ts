import { invalidField, type DomainError } from '@assay/primitives';

/** A form of one file and text fields. */
export interface UploadedForm {
  file: { name: string; bytes: Uint8Array };
  fields: Record<string, string>;
}

/** Reads a multipart/form-data body. @throws DomainError 422 for one that is broken, doubles a field or has not one file */
export async function readForm(bytes: Uint8Array, contentType: string): Promise<UploadedForm> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw brokenForm();
  });
  const fields = new Map<string, string>();
  const files: File[] = [];
  for (const [name, value] of form) {
    if (typeof value !== 'string') files.push(value);
    else if (fields.has(name)) throw onceOnly(name, value);
    else fields.set(name, value);
  }
  if (files.length !== 1) throw oneFile(files.length);
  const [file] = files;
  return {
    file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
    fields: Object.fromEntries(fields),
  };
}

export const brokenForm = (): DomainError =>
  invalidField('body', 'multipart', null, 'the body must be a whole multipart/form-data form, was broken');

export const onceOnly = (name: string, value: string): DomainError =>
  invalidField(name, 'unique', value, `${name} must be given once, was given again`);

export const oneFile = (files: number): DomainError =>
  invalidField('file', 'one_file', files, `the form must have one file, such as the part file, had ${files}`);
