import { readParameters, type ParametersSchema, type ParameterValues } from '@assay/contracts';
import { invalid } from '@assay/primitives';
import { refusing } from '../errors';

/** A plugin of any kind, as far as its parameters go. */
export interface Parametrised {
  readonly key: string;
  readonly parameterSchema: ParametersSchema;
  /** Rules between parameters. @throws InvalidInputError that names the parameter. */
  check?(params: ParameterValues): void;
}

/**
 * Checks parameters against the plugin's schema and fills in the defaults, so that two ways to write the same feature
 * or model have the same hash.
 * @throws DomainError `validation_failed` that lists every wrong, missing or unknown parameter, or a rule between them that is broken.
 */
export function resolveParams(plugin: Parametrised, params: Readonly<Record<string, unknown>>): ParameterValues {
  const { document: resolved, problems } = readParameters(plugin.parameterSchema, params);
  if (!resolved) throw invalid(problems);
  refusing(
    () => plugin.check?.(resolved),
    (field) => `params.${field}`,
  );
  return resolved;
}
