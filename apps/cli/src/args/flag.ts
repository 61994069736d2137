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
  repeatable?: boolean;
  choices?: readonly string[];
  min?: number;
  max?: number;
}

export const JSON_FLAG: FlagSpec = { name: 'json', kind: 'switch', help: 'print one JSON document instead of a table' };
export const HELP_FLAG: FlagSpec = { name: 'help', kind: 'switch', help: 'show this help' };
