import { HELP_FLAG, JSON_FLAG } from './args/flag';
import { nearest } from './args/nearest';
import { parseArgs } from './args/parse-args';
import { blamed, UsageError } from './args/usage-error';
import { CATALOG } from './commands/catalog';
import type { Command } from './commands/command';
import { commandHelp } from './output/help';
import { processIo, type Io } from './output/io';

const OK = 0;
const FAILED = 1;
const BAD_INPUT = 2;

function generalHelp(): string {
  const names = Object.keys(CATALOG);
  const width = Math.max(...names.map((name) => name.length));
  const commands = names.map((name) => `  ${name.padEnd(width)}  ${CATALOG[name].summary}`);
  return [
    'assay: test trading strategies on files of bars, without any service',
    '',
    'Commands',
    ...commands,
    '',
    'assay COMMAND --help shows the flags of a command and an example. Every command takes --json.',
    '',
  ].join('\n');
}

function commandOf(name: string): Command {
  if (Object.hasOwn(CATALOG, name)) return CATALOG[name].load();
  const names = Object.keys(CATALOG);
  const near = nearest(name, names);
  const hint = near ? `; did you mean ${near}?` : '';
  throw new UsageError(`the command must be one of ${names.join(', ')}, was ${name}${hint}`);
}

/** Runs one call and gives the exit code: 0 done, 2 bad input (said on stderr), 1 anything else. */
export async function run(argv: readonly string[], io: Io = processIo): Promise<number> {
  // some commands have two words
  const two = argv.slice(0, 2).join(' ');
  const words = argv.length > 1 && Object.hasOwn(CATALOG, two) ? 2 : 1;
  const [name, rest] = [words === 2 ? two : argv[0], argv.slice(words)];
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(generalHelp());
    return OK;
  }
  try {
    const command = commandOf(name);
    const flags = [...command.flags, JSON_FLAG, HELP_FLAG];
    const args = parseArgs(flags, rest);
    if (args.on('help')) {
      io.out(commandHelp({ ...command, flags }));
      return OK;
    }
    await command.run(args, io);
    return OK;
  } catch (thrown) {
    const error = thrown instanceof UsageError ? thrown : blamed(`assay ${name}`, thrown);
    if (error instanceof UsageError) {
      io.err(`${error.message}\n`);
      if (!Object.hasOwn(CATALOG, name)) io.err('assay --help lists the commands\n');
      return BAD_INPUT;
    }
    io.err(`assay ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return FAILED;
  }
}
