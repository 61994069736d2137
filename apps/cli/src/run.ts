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
/** How many words a command or a group of them has, the longest first. */
const MOST_WORDS = [3, 2, 1];

/** Commands with what they do, a line each. */
function listed(names: readonly string[]): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `  ${name.padEnd(width)}  ${CATALOG[name].summary}`);
}

const membersOf = (group: string): string[] => Object.keys(CATALOG).filter((name) => name.startsWith(`${group} `));

/** Whether words name a command, or begin the names of some. */
const isKnown = (name: string): boolean => Object.hasOwn(CATALOG, name) || membersOf(name).length > 0;

/** Help of the commands that begin with the same words. */
function groupHelp(group: string): string {
  const title = `assay ${group} COMMAND`;
  return `${[title, '', 'Commands', ...listed(membersOf(group)), '', `assay ${group} COMMAND --help shows its flags and an example.`].join('\n')}\n`;
}

function generalHelp(): string {
  return [
    'assay: test trading strategies on files of bars, without any service, and bring data in and out of a running one',
    '',
    'Commands',
    ...listed(Object.keys(CATALOG)),
    '',
    'assay COMMAND --help shows the flags of a command and an example. Every command takes --json.',
    '',
  ].join('\n');
}

/** The group of `argv` that is followed by none of its commands: its help, or what is wrong. */
function answerOfGroup(group: string, word: string | undefined, io: Io): number {
  if (word === '--help' || word === 'help') {
    io.out(groupHelp(group));
    return OK;
  }
  if (word === undefined || word.startsWith('-')) {
    io.err(groupHelp(group));
    return BAD_INPUT;
  }
  const words = membersOf(group).map((name) => name.slice(group.length + 1));
  const near = nearest(word, words);
  const hint = near ? `; did you mean ${group} ${near}?` : '';
  io.err(`the command after ${group} must be one of ${words.join(', ')}, was ${word}${hint}\n`);
  io.err(`assay ${group} --help lists them\n`);
  return BAD_INPUT;
}

function commandOf(name: string): Command {
  if (Object.hasOwn(CATALOG, name)) return CATALOG[name].load();
  const names = Object.keys(CATALOG);
  const near = nearest(name, names);
  const hint = near ? `; did you mean ${near}?` : '';
  throw new UsageError(`the command must be one of ${names.join(', ')}, was ${name}${hint}`);
}

/** Runs one call and gives the exit code: 0 done, 2 bad input (said on stderr), 1 a failure that the command reports, and anything else. */
export async function run(argv: readonly string[], io: Io = processIo): Promise<number> {
  const words = MOST_WORDS.find((count) => argv.length >= count && isKnown(argv.slice(0, count).join(' '))) ?? 1;
  const [name, rest] = argv.length === 0 ? [undefined, []] : [argv.slice(0, words).join(' '), argv.slice(words)];
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(generalHelp());
    return OK;
  }
  if (!Object.hasOwn(CATALOG, name) && membersOf(name).length > 0) return answerOfGroup(name, rest[0], io);
  try {
    const command = commandOf(name);
    const flags = [...command.flags, JSON_FLAG, HELP_FLAG];
    const args = parseArgs(flags, rest);
    if (args.on('help')) {
      io.out(commandHelp({ ...command, flags }));
      return OK;
    }
    return (await command.run(args, io)) ?? OK;
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
