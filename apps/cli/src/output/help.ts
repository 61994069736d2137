import type { FlagSpec } from '../args/flag';
import type { Command } from '../commands/command';

function left({ name, kind, value, choices, positional }: FlagSpec): string {
  if (positional) return value ?? name;
  if (kind === 'switch') return `--${name}`;
  return `--${name} ${value ?? (choices ? choices.join('|') : kind === 'range' ? 'A:B[:STEP]' : kind === 'text' ? name.toUpperCase() : 'N')}`;
}

/** Help of one command: what it does, its flags with defaults, and an example that can be pasted. */
export function commandHelp(command: Command): string {
  const width = Math.max(...command.flags.map((flag) => left(flag).length));
  const lines = command.flags.map((flag) => {
    const notes = [
      flag.required ? 'required' : '',
      flag.scope?.text ?? '',
      flag.default === undefined ? '' : `default ${flag.default}`,
      flag.repeatable ? 'may be repeated' : '',
    ].filter((note) => note !== '');
    const among = flag.positional && flag.choices ? `: ${flag.choices.join(', ')}` : '';
    return `  ${left(flag).padEnd(width)}  ${flag.help}${among}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  });
  const examples = command.examples.map((example) => `  ${example}`);
  const title = `assay ${command.name}: ${command.summary}`;
  return `${[title, '', 'Flags', ...lines, '', examples.length > 1 ? 'Examples' : 'Example', ...examples].join('\n')}\n`;
}
