import { partsOf, SPINS, STAGE, takePart, WORD, WORDS, type DoPart } from './team-words';

/** A helper ended, or stopped to answer, while it had a part of the work. */
export class HelperLost extends Error {
  override readonly name = 'HelperLost';
}

/** How long the leader waits for parts that helpers have taken while none of them gets done. */
const PATIENCE_MS = 30_000;

/** The thread that leads: it does every part that no helper took, so that helpers may come late or not at all. */
export class Team {
  readonly words = new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
  private round = 0;

  constructor(
    private readonly doPart: DoPart,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /**
   * Does all parts of one kind of work, at most 255; what they read must be written before. What the leader has to do besides
   * it does first, `meanwhile`, when helpers are already at work. @throws HelperLost
   */
  run(kind: number, parts: number, meanwhile?: () => void): void {
    const { words } = this;
    Atomics.store(words, WORD.done, 0);
    Atomics.store(words, WORD.kind, kind);
    this.announce(parts);
    meanwhile?.();
    for (let part = takePart(words, true); part >= 0; part = takePart(words, true)) {
      this.doPart(kind, part);
      Atomics.add(words, WORD.done, 1);
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(words, WORD.done) === parts) return;
    this.sleepUntil(parts);
  }

  /** Sends the helpers home; the team is not used again. */
  close(): void {
    Atomics.compareExchange(this.words, WORD.stage, STAGE.open, STAGE.closed);
    this.announce(0);
  }

  private announce(parts: number): void {
    const { words } = this;
    // the high bits tell this round's parts from those of a round that a slow helper looked at
    this.round++;
    Atomics.store(words, WORD.parts, partsOf(this.round, parts));
    if (Atomics.load(words, WORD.sleepers) > 0) Atomics.notify(words, WORD.parts);
  }

  private sleepUntil(parts: number): void {
    const { words, patienceMs } = this;
    Atomics.store(words, WORD.waiting, 1);
    for (;;) {
      const done = Atomics.load(words, WORD.done);
      if (done === parts) break;
      if (Atomics.load(words, WORD.stage) === STAGE.lost)
        throw new HelperLost('a thread that helped ended before its part was done; run it again');
      const isStuck = Atomics.wait(words, WORD.done, done, patienceMs) === 'timed-out';
      if (isStuck && Atomics.load(words, WORD.done) === done)
        throw new HelperLost(
          `a thread that helps must do its part within ${patienceMs} ms, did not; run it again, or on one thread`,
        );
    }
    Atomics.store(words, WORD.waiting, 0);
  }
}
