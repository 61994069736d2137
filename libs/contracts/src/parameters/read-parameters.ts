import type { FieldProblem } from '@assay/primitives';
import type { ZodType } from 'zod';
import { declaredParameters, parameter } from '../schema/parameters';
import { WireDocument, type Reading } from '../schema/wire-document';
import type { ParameterSchema, ParametersSchema, ParameterValues } from './parameter-schema';

type Parameters = WireDocument<ZodType<{ params: ParameterValues }>>;
const documents = new WeakMap<ParametersSchema, Parameters>();

function documentOf(schema: ParametersSchema): Parameters {
  let document = documents.get(schema);
  if (!document) {
    document = new WireDocument('urn:assay:schema:parameters:v1', (z) =>
      z.strictObject({ params: declaredParameters(z, schema) }),
    );
    documents.set(schema, document);
  }
  return document;
}

/**
 * Reads parameters by their schema: it takes what the published JSON Schema takes. Every problem at once, as of a field of `params`;
 * defaults filled in where the parameters are right. One that is undefined is absent, as it is in JSON.
 */
export function readParameters(schema: ParametersSchema, params: unknown): Reading<ParameterValues> {
  const { document, problems } = documentOf(schema).read({ params });
  return document ? { document: document.params, problems: [] } : { document: undefined, problems };
}

/** What is wrong with values to try for a parameter, as of items of a field of its name. */
export const problemsOfValues = (name: string, schema: ParameterSchema, values: readonly unknown[]): FieldProblem[] =>
  new WireDocument('urn:assay:schema:parameter-values:v1', (z) =>
    z.strictObject({ [name]: z.array(parameter(z, schema)) }),
  ).read({ [name]: values }).problems;
