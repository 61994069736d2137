import type { FlagSpec } from '../args/flag';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';

/**
 * One subcommand. `run` throws UsageError (or a refusal of the core) for input the caller must correct, and answers 1, or another code that its
 * summary tells, where what it reports is a failure.
 */
export interface Command {
  name: string;
  summary: string;
  flags: readonly FlagSpec[];
  examples: readonly string[];
  run(args: Args, io: Io): Promise<number | void> | number | void;
}
