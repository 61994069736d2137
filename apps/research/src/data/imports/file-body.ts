import { BodyLimit } from '@assay/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, getSchemaPath } from '@nestjs/swagger';
import { INLINE_BYTES } from '../threads/data-threads';

/** Files of bars are long; everything else is not. */
const FILE_BYTES = 64 * 1024 * 1024;
export const FILE_FORMS = ['application/json', 'text/csv', 'application/octet-stream', 'multipart/form-data'];

/** A body that is JSON of the shape or a long file, as it is or in a form. @param more how a file may go to disk */
export const FileBody = (shape: new () => object, more: { spooledBy?: string } = {}): MethodDecorator =>
  applyDecorators(
    BodyLimit(FILE_BYTES, { rawFrom: INLINE_BYTES, file: true, ...more }),
    ApiConsumes(...FILE_FORMS),
    ApiBody({ schema: { $ref: getSchemaPath(shape) } }),
  );
