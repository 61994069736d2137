import { InvalidInputError } from '@assay/quant';
import { refusing } from './refusing';

/** Documents call it `costs.minimum_fee`. */
const wireName = (field: string): string =>
  field.startsWith('costs.') ? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : field;

function inWireNames<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InvalidInputError) || typeof error.facts.field !== 'string') throw error;
    const { field } = error.facts;
    const placed = wireName(field);
    throw new InvalidInputError(error.message.replace(field, placed), { ...error.facts, field: placed });
  }
}

/** What the core refuses, by the names that documents have for it. */
export const refusingInWireNames = <T>(run: () => T): T => refusing(() => inWireNames(run));
