import type { FlagSpec } from '../args/flag';

/** The one FILE that a command is about, named without a flag. */
export const fileFlag = (help: string): FlagSpec => ({
  ...{ name: 'file', kind: 'text', value: 'FILE' },
  ...{ positional: true, required: true, help },
});
