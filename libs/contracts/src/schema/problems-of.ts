import { describeValue, type FieldProblem } from '@assay/primitives';
import type { core } from 'zod';
import { mustOf } from './must';

type Issue = core.$ZodIssue;
type Path = readonly PropertyKey[];

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  string: 'be a string',
  number: 'be a finite number',
  boolean: 'be true or false',
  object: 'be an object',
  record: 'be an object',
  array: 'be an array',
};

/** The issues of a refused document as problems of its fields, the first of each field. */
export function problemsOf(issues: readonly Issue[], input: unknown): FieldProblem[] {
  const problems = issues.flatMap((issue) => problemsOfIssue(issue, [], input));
  const seen = new Set<string>();
  return problems.filter(({ field }) => !seen.has(field) && seen.add(field));
}

function problemsOfIssue(issue: Issue, above: Path, input: unknown): FieldProblem[] {
  const path = [...above, ...issue.path];
  const value = valueAt(input, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const field = fieldOf([...path, key]);
      const unknown = valueAt(input, [...path, key]);
      const message = `${field} is not a known field, was ${describeValue(unknown)}`;
      return { field, rule: 'unknown_field', value: unknown, message };
    });
  }
  const field = fieldOf(path);
  if (value === undefined) {
    return [{ field, rule: 'required', value: null, message: `${field} must be given, was missing` }];
  }
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue);
    if (branch) return branch.flatMap((inner) => problemsOfIssue(inner, path, input));
  }
  if ((issue.code === 'too_small' || issue.code === 'too_big') && Array.isArray(value)) {
    const [rule, text] = issue.code === 'too_small' ? ['min_items', 'at least'] : ['max_items', 'at most'];
    const limit = String(issue.code === 'too_small' ? issue.minimum : issue.maximum);
    const message = `${field} must have ${text} ${limit} items, had ${value.length}`;
    return [{ field, rule, value: value.length, message }];
  }
  const { rule, text } = mustOf(issue.message) ?? ownTextOf(issue);
  return [{ field, rule, value, message: `${field} must ${text}, was ${describeValue(value)}` }];
}

/** The one alternative whose type the value has, if there is one. */
function meantBranch(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | undefined {
  const meant = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => path.length === 0 && ['invalid_type', 'invalid_value'].includes(code)),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

/** Rule and text of the checks that zod names itself. */
function ownTextOf(issue: Issue): { rule: string; text: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { rule: 'type', text: TYPE_TEXTS[issue.expected] ?? `be of type ${issue.expected}` };
    case 'invalid_value':
      return { rule: 'enum', text: `be one of ${issue.values.join(', ')}` };
    case 'too_small':
    case 'too_big':
      return boundTextOf(issue);
    case 'invalid_union':
      // no alternative has the tag
      if ('options' in issue) return { rule: 'enum', text: `be one of ${(issue.options as string[]).join(', ')}` };
      break;
    default:
  }
  throw new Error(`a check of a wire document has no text: ${issue.code}, ${issue.message}`);
}

function boundTextOf(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): { rule: string; text: string } {
  const isText = issue.origin === 'string';
  if (issue.code === 'too_small') {
    if (isText) return { rule: 'min_length', text: `have at least ${issue.minimum} characters` };
    return issue.inclusive
      ? { rule: 'minimum', text: `be at least ${issue.minimum}` }
      : { rule: 'exclusive_minimum', text: `be greater than ${issue.minimum}` };
  }
  if (isText) return { rule: 'max_length', text: `have at most ${issue.maximum} characters` };
  return { rule: 'maximum', text: `be at most ${issue.maximum}` };
}

/** `substrategies[0].window`; the document itself is `document`. */
function fieldOf(path: Path): string {
  const field = path.reduce<string>((at, key) => {
    if (typeof key === 'number') return `${at}[${key}]`;
    return at === '' ? String(key) : `${at}.${String(key)}`;
  }, '');
  return field === '' ? 'document' : field;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}
