import { problemsOfValues } from '@assay/contracts';
import type { ModelPlugin } from '@assay/pipeline';
import { invalid } from '@assay/primitives';

/** Where more than a grid of hyper-parameters is searched. */
const ELSEWHERE =
  'for TPE search, or for other parts of the strategy: POST /backtests/sweep with objective cpcv and search.method tpe';

/**
 * The values to try, by parameter, that a request for a tuning gives for a kind of model.
 * @throws DomainError `validation_failed` where there are none, for a value that the parameter cannot have, and for a
 * parameter that is not tuned.
 */
export function searchedValues(
  { key, searchSpace, parameterSchema }: ModelPlugin,
  given: Readonly<Record<string, number[] | undefined>>,
): Record<string, number[]> {
  const values: Record<string, number[]> = {};
  for (const [name, list] of Object.entries(given)) {
    if (list === undefined) continue;
    if (!Object.hasOwn(searchSpace, name)) {
      const known = Object.keys(searchSpace).join(', ');
      const message = `${name} must be one of ${known} for a model of kind ${key}; ${ELSEWHERE}`;
      throw invalid([{ field: name, rule: 'searched_parameter', value: list, message }]);
    }
    const problems = problemsOfValues(name, parameterSchema.properties[name]!, list);
    if (problems.length > 0) throw invalid(problems);
    values[name] = list;
  }
  if (Object.keys(values).length > 0) return values;
  const [name] = Object.keys(searchSpace);
  const message = `values of a parameter must be given, such as ${name}; ${ELSEWHERE}`;
  throw invalid([{ field: name ?? 'params', rule: 'required', value: null, message }]);
}
