/** A block of commands and, where the page shows it, what they print. */
export interface Step {
  /** Line of the page on which it begins. */
  line: number;
  commands: string;
  /** Lines that its output has, in this order; in a line `...` stands for anything, a line of it alone for any lines. */
  printed: string[];
}

const FENCE = /^```(\w*)\s*$/;

/** The steps of a page: every block of bash, with the block of text right after it. */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  let block: { language: string; line: number; lines: string[] } | null = null;
  let afterCommands = false;
  page.split('\n').forEach((text, i) => {
    const fence = FENCE.exec(text);
    if (block === null) {
      if (fence) block = { language: fence[1], line: i + 1, lines: [] };
      else if (text.trim() !== '') afterCommands = false;
      return;
    }
    if (!fence) return void block.lines.push(text);
    if (block.language === 'bash') steps.push({ line: block.line, commands: block.lines.join('\n'), printed: [] });
    else if (block.language === 'text' && afterCommands) steps.at(-1)!.printed = block.lines;
    afterCommands = block.language === 'bash';
    block = null;
  });
  return steps;
}

const plain = (line: string): string => line.replace(/\s+/g, ' ').trim();
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The first line of `printed` that the output lacks or has elsewhere; undefined where it has all of them in order. */
export function missingLine(printed: readonly string[], output: string): string | undefined {
  const lines = output.split('\n').map(plain);
  let from = 0;
  for (const wanted of printed.map(plain)) {
    if (wanted === '' || wanted === '...') continue;
    const pattern = new RegExp(`^${wanted.split('...').map(escaped).join('.*')}$`);
    const at = lines.findIndex((line, i) => i >= from && pattern.test(line));
    if (at < 0) return wanted;
    from = at + 1;
  }
  return undefined;
}
