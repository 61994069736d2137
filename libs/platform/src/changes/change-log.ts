/** Something of one owner has changed. What it is now is to be asked for. */
export interface Change {
  /** Counts up within one start of this process. */
  sequence: number;
  kind: string;
  id: string;
  ownerId: string;
  /** Whose run, order, fill or decision it is. */
  deploymentId?: string;
  atMs: number;
}

const KEPT = 20_000;

/**
 * The newest changes that this process has heard of. A reader who comes back with the id of the last one he saw is given those after it, or
 * learns that they are no longer known: then he asks for everything again.
 */
export class ChangeLog {
  private kept: Change[] = [];
  private next = 1;
  /** Changes up to this one may be missing. */
  private lostUpTo = 0;

  constructor(
    private readonly epoch: string,
    private readonly mostKept = KEPT,
  ) {}

  add(change: Omit<Change, 'sequence'>): Change {
    const known = { ...change, sequence: this.next };
    this.next += 1;
    this.kept.push(known);
    if (this.kept.length >= 2 * this.mostKept) {
      this.kept = this.kept.slice(-this.mostKept);
      this.lostUpTo = this.kept[0]!.sequence - 1;
    }
    return known;
  }

  /** Some were not heard of. */
  forget(): void {
    this.kept = [];
    this.lostUpTo = this.next;
    this.next += 1;
  }

  /** What a reader is told as the id of an event. */
  idOf(sequence = this.next - 1): string {
    return `${this.epoch}-${sequence}`;
  }

  /** The owner's changes after the event of that id; undefined where some of them may be missing. */
  since(id: string, ownerId: string): Change[] | undefined {
    const [epoch, text = ''] = id.split('-');
    const sequence = Number(text);
    if (epoch !== this.epoch || !/^\d+$/.test(text) || sequence < this.lostUpTo || sequence >= this.next)
      return undefined;
    return this.kept.filter((change) => change.sequence > sequence && change.ownerId === ownerId);
  }
}
