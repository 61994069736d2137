import { invalid } from '@assay/primitives';
import { InvalidInputError } from '@assay/quant';

/** The core refuses input with its own error type; on the wire it is a refusal that names the field, at its place in the request. */
export function refusing<T>(run: () => T, place: (field: string) => string = (field) => field): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const { field = 'input', rule = 'valid', value = null } = error.facts;
    throw invalid([{ field: place(String(field)), rule: String(rule), value, message: error.message }]);
  }
}
