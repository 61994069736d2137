import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  nullable?: boolean;
  default?: unknown;
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  service: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body?: Schema;
  bodyTypes: string[];
}

export interface ApiDocuments {
  operations: Operation[];
  /** Follows a `$ref` of the operation's own document. */
  resolve(service: string, schema: Schema): Schema;
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface RawOperation {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

/** Every operation of every service, as the documents in docs/openapi say. */
export function readApiDocuments(folder: string): ApiDocuments {
  const operations: Operation[] = [];
  const schemas: Record<string, Record<string, Schema>> = {};
  for (const file of readdirSync(folder).sort()) {
    const service = file.replace(/\.json$/, '');
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document;
    schemas[service] = document.components?.schemas ?? {};
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { parameters = [], requestBody }] of Object.entries(methods)) {
        const content = requestBody?.content ?? {};
        const body = content['application/json']?.schema;
        operations.push({
          service,
          method: method.toUpperCase(),
          path,
          parameters,
          body,
          bodyTypes: Object.keys(content),
        });
      }
    }
  }
  return {
    operations,
    resolve: (service, schema) => (schema.$ref ? (schemas[service]![schema.$ref.split('/').at(-1)!] ?? {}) : schema),
  };
}
