export interface PhaseReport {
  phase: string;
  ok: boolean;
  ms: number;
  facts: Record<string, unknown>;
}

export interface Verdict {
  case: string;
  policy: string;
  passed: boolean;
  why: string[];
}

export interface DemoReport {
  phases: PhaseReport[];
  verdicts: Verdict[];
}

/** Runs phases one after the other, says what happens, and keeps what each found. After a failure the rest is left out. */
export class PhaseRunner {
  readonly phases: PhaseReport[] = [];

  async run(phase: string, title: string, work: (facts: Record<string, unknown>) => Promise<void>): Promise<void> {
    console.log(`\n${String(this.phases.length + 1).padStart(2)}. ${title}`);
    const started = performance.now();
    const facts: Record<string, unknown> = {};
    try {
      await work(facts);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.phases.push({
        phase,
        ok: false,
        ms: Math.round(performance.now() - started),
        facts: { ...facts, error: message },
      });
      console.log(`    FAILED: ${message}`);
      throw new PhaseFailed(phase, { cause: error });
    }
    const ms = Math.round(performance.now() - started);
    this.phases.push({ phase, ok: true, ms, facts });
    console.log(`    ${(ms / 1000).toFixed(1)} s`);
  }
}

/** A phase did not hold; its report says why. */
export class PhaseFailed extends Error {
  constructor(phase: string, options: ErrorOptions) {
    super(`phase ${phase} failed`, options);
  }
}

export const say = (...lines: string[]): void => {
  for (const line of lines) console.log(`    ${line.trimEnd()}`);
};

/** Throws when a fact that the phase promises does not hold. */
export function must(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}
