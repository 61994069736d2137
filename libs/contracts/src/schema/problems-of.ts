import type { FieldProblem } from '@assay/primitives';
import type { core } from 'zod';
import { mustOf } from './must';
import {
  above,
  atLeast,
  atMost,
  broken,
  maxLength,
  minLength,
  missing,
  ofType,
  oneOf,
  unknownField,
  type Rule,
} from './rules';

type Issue = core.$ZodIssue;
export type Path = readonly PropertyKey[];

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
      const at = [...path, key];
      return unknownField(fieldOf(at), valueAt(input, at));
    });
  }
  const field = fieldOf(path);
  if (value === undefined) return [missing(field)];
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
  return [broken(field, mustOf(issue.message) ?? ownRuleOf(issue), value)];
}

/** The one alternative whose type the value has, if there is one. */
function meantBranch(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | undefined {
  const meant = issue.errors.filter(
    (branch) => !branch.some(({ code, path }) => path.length === 0 && ['invalid_type', 'invalid_value'].includes(code)),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

/** The rules that zod checks by itself. */
function ownRuleOf(issue: Issue): Rule {
  switch (issue.code) {
    case 'invalid_type':
      return ofType(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
    case 'too_big':
      return boundOf(issue);
    case 'invalid_union':
      // no alternative has the tag
      if ('options' in issue) return oneOf(issue.options as string[]);
      break;
    default:
  }
  throw new Error(`a check of a wire document has no text: ${issue.code}, ${issue.message}`);
}

function boundOf(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Rule {
  const isText = issue.origin === 'string';
  if (issue.code === 'too_big') return isText ? maxLength(issue.maximum) : atMost(issue.maximum);
  if (isText) return minLength(issue.minimum);
  return issue.inclusive ? atLeast(issue.minimum) : above(issue.minimum);
}

/** `substrategies[0].window`; the document itself is `document`. */
export function fieldOf(path: Path): string {
  const field = path.reduce<string>((at, key) => {
    if (typeof key === 'number') return `${at}[${key}]`;
    return at === '' ? String(key) : `${at}.${String(key)}`;
  }, '');
  return field === '' ? 'document' : field;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}
