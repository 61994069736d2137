/** A value that two documents do not share. */
export interface Difference {
  /** Such as `verdicts[0].gates[2].value`. */
  path: string;
  was: unknown;
  is: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Where `is` differs from `was`, in the order of `was`: the first `most` values. */
export function differences(was: unknown, is: unknown, most = 5): Difference[] {
  const found: Difference[] = [];
  const compare = (a: unknown, b: unknown, path: string): void => {
    if (found.length >= most || Object.is(a, b)) return;
    if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
      found.push({ path, was: a, is: b });
      return;
    }
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const at = Array.isArray(a) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      compare(a[key], b[key], at);
    }
  };
  compare(was, is, '');
  return found;
}

const text = (value: unknown): string => {
  const json = JSON.stringify(value) ?? 'absent';
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
};

export const differenceText = ({ path, was, is }: Difference): string =>
  `${path} must be ${text(was)}, was ${text(is)}`;
