import { wishes } from './clients';
import { NAME } from './wishes';

/** A file as the body of a request; openapi-fetch would make JSON of it. */
export const fileBody = (file: File) => ({
  headers: { 'content-type': 'application/octet-stream' },
  body: file as never,
  bodySerializer: (body: unknown) => body as BodyInit,
});

/**
 * As `fileBody` of a change, which is known by `asked` and by the file, though that is not read: sent again unchanged while no answer has
 * said what became of it, it is carried out once.
 */
export function fileWish(file: File, asked: string) {
  const { name, size, lastModified } = file;
  const body = fileBody(file);
  const wish = wishes.nameOf([asked, name, size, lastModified].join('\n'));
  return { ...body, headers: { ...body.headers, [NAME]: wish } };
}
