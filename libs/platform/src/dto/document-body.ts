import { ApiBody } from '@nestjs/swagger';
import type { ApiBodyOptions } from '@nestjs/swagger';

type Schema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** The body is the document of a JSON Schema; Swagger's own type knows the older dialect alone. */
export const DocumentBody = (schema: object): MethodDecorator => ApiBody({ schema: schema as Schema });
