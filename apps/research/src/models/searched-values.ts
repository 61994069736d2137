import { problemsOfValues } from '@assay/contracts';
import { gridSize, type ModelPlugin } from '@assay/pipeline';
import { invalid, type FieldProblem } from '@assay/primitives';
import { MOST_DRAWN_GRID_CELLS } from '../backtests/sweeps/planned-grid';

/** Where more than hyper-parameters is searched. */
const ELSEWHERE = 'for other parts of the strategy: POST /backtests/sweep with objective cpcv and search.method tpe';

/** Sets that one tuning tries: each is cross-validated and is a trial, and all are in one answer. */
const MOST_SETS = 1000;

export interface TuningSpace {
  /** How many refit schedules each set is tried with; default 1. */
  schedules?: number;
  /** Whether some of the sets are drawn: of the whole search space of the kind where no values are given. Default: all are tried. */
  isDrawn?: boolean;
}

/**
 * The values to try, by parameter, that a request for a tuning gives for a kind of model.
 * @throws DomainError `validation_failed` where there are none, for a value that the parameter cannot have or that is given
 * twice, for a parameter that is not tuned, and for more sets than a tuning tries.
 */
export function searchedValues(
  { key, searchSpace, parameterSchema }: ModelPlugin,
  given: Readonly<Record<string, number[] | undefined>>,
  { schedules = 1, isDrawn = false }: TuningSpace = {},
): Record<string, number[]> {
  const values: Record<string, number[]> = {};
  for (const [name, list] of Object.entries(given)) {
    if (list === undefined) continue;
    if (!Object.hasOwn(searchSpace, name)) {
      const known = Object.keys(searchSpace).join(', ');
      const message = `${name} must be one of ${known} for a model of kind ${key}; ${ELSEWHERE}`;
      throw invalid([{ field: name, rule: 'searched_parameter', value: list, message }]);
    }
    const problems = [...problemsOfValues(name, parameterSchema.properties[name]!, list), ...repeated(name, list)];
    if (problems.length > 0) throw invalid(problems);
    values[name] = list;
  }
  const sets = schedules * gridSize(Object.values(values).map((list) => ({ values: list })));
  if (sets > (isDrawn ? MOST_DRAWN_GRID_CELLS : MOST_SETS)) {
    const field = Object.keys(values).join(', ');
    const most = isDrawn
      ? `${MOST_DRAWN_GRID_CELLS} sets`
      : `${MOST_SETS} sets with the refit schedules, because each is a trial (or be drawn by method random or tpe)`;
    const message = `${field} must make at most ${most}, were ${sets}; ${ELSEWHERE}`;
    throw invalid([{ field, rule: 'max_sets', value: sets, message }]);
  }
  if (Object.keys(values).length > 0) return values;
  if (isDrawn) return Object.fromEntries(Object.entries(searchSpace).map(([own, space]) => [own, [...space.values]]));
  const [name] = Object.keys(searchSpace);
  const message = `values of a parameter must be given, such as ${name}, or method random or tpe; ${ELSEWHERE}`;
  throw invalid([{ field: name ?? 'params', rule: 'required', value: null, message }]);
}

function repeated(name: string, list: readonly number[]): FieldProblem[] {
  return list.flatMap((value, i) => {
    if (list.indexOf(value) === i) return [];
    const field = `${name}[${i}]`;
    return [{ field, rule: 'unique', value, message: `${field} must be given once, was given again: ${value}` }];
  });
}
