import type { FieldProblem } from '@assay/primitives';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import { field, type FieldOptions } from './field';

/** A wire document: what reads it and publishes it, see `WireDocument` of contracts. */
export interface ReadableDocument {
  read(input: unknown): { problems: readonly FieldProblem[] };
  jsonSchema(): Record<string, unknown>;
}

/** A field that holds a document of contracts, with every problem of it told by its own path. The value stays as it was sent. */
export function DocumentField(document: ReadableDocument, options: FieldOptions = {}): PropertyDecorator {
  const { $schema: _, $id: __, ...schema } = document.jsonSchema();
  return field(
    options,
    (value) => {
      const { problems } = document.read(value);
      return problems.length === 0 ? undefined : { rule: 'document', text: 'be a right document', problems };
    },
    // beside `required` of the field itself, the document's own list of required fields would be lost
    { allOf: [schema] } as ApiPropertyOptions,
  );
}
