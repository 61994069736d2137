/** What a call gave: `Args`, as far as a scope asks. */
interface GivenFlags {
  has(name: string): boolean;
  text(name: string): string;
}

/** Where a flag has an effect; anywhere else it is refused. */
export interface FlagScope {
  /** For help and refusals, as in `only with --template`. */
  text: string;
  holds(args: GivenFlags): boolean;
}

/** What a flag takes and what its help says. */
export interface FlagSpec {
  /** Without the dashes. */
  name: string;
  kind: 'text' | 'number' | 'integer' | 'range' | 'choice' | 'switch';
  help: string;
  /** Shown in the help for the value, e.g. FILE. */
  value?: string;
  default?: string;
  required?: boolean;
  /** Given by its place, without a name; `value` is how help calls it. */
  positional?: boolean;
  repeatable?: boolean;
  choices?: readonly string[];
  min?: number;
  max?: number;
  /** Default: it has an effect in every call of its command. */
  scope?: FlagScope;
}

export const JSON_FLAG: FlagSpec = { name: 'json', kind: 'switch', help: 'print one JSON document instead of a table' };
export const HELP_FLAG: FlagSpec = { name: 'help', kind: 'switch', help: 'show this help' };
