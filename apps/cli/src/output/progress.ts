import type { Io } from './io';

const QUIET_MS = 1000;
const TERMINAL_STEP_MS = 100;
const LOG_STEP_MS = 5000;

const BAR_CELLS = 20;

function bar(fraction: number): string {
  const done = Math.round(BAR_CELLS * Math.min(1, Math.max(0, fraction)));
  return `[${'='.repeat(done).padEnd(BAR_CELLS)}]`;
}

/** Progress on stderr: nothing in the first second, then one line with a bar that is redrawn on a terminal, or a line now and then. */
export class Progress {
  private readonly startedMs: number;
  private shownMs = 0;
  private drawn = false;

  constructor(
    private readonly io: Pick<Io, 'err' | 'errIsTerminal'>,
    private readonly label: string,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.startedMs = nowMs();
  }

  /** `fraction` of the work is done. */
  report(fraction: number): void {
    this.show(`${(fraction * 100).toFixed(0)} %`, bar(fraction));
  }

  /** So much is done of work whose end is not known. */
  amount(done: string): void {
    this.show(done);
  }

  private show(done: string, drawing?: string): void {
    const now = this.nowMs();
    const step = this.io.errIsTerminal ? TERMINAL_STEP_MS : LOG_STEP_MS;
    if (now - this.startedMs < QUIET_MS || (this.shownMs > 0 && now - this.shownMs < step)) return;
    this.shownMs = now;
    const rest = `${done} after ${((now - this.startedMs) / 1000).toFixed(1)} s`;
    const drawn = [this.label, ...(drawing === undefined ? [] : [drawing]), rest].join(' ');
    this.io.err(this.io.errIsTerminal ? `\r${drawn} ` : `${this.label} ${rest}\n`);
    this.drawn = this.io.errIsTerminal;
  }

  /** Ends the redrawn line. */
  done(): void {
    if (this.drawn) this.io.err('\n');
  }
}
