import { DomainError, sha256Hex } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataSource } from 'typeorm';

/** Wrong credentials a minute, over all processes. */
export const MOST_ATTEMPTS = { address: 60, prefix: 30, login: 20 } as const;
type Kind = keyof typeof MOST_ATTEMPTS;

export interface Subject {
  kind: Kind;
  value: string;
}

const KNOWN_GOOD = 10_000;
/** Of more the database is asked. */
const KNOWN_BLOCKED = 10_000;
const SWEEP_EVERY = 100;

/** What was sent is not kept: a digest counts as well. */
const nameOf = ({ kind, value }: Subject): string => `${kind}:${sha256Hex(value).slice(0, 32)}`;

/**
 * Counts wrong credentials in the database, so that a limit holds over all processes, and remembers in the process what is over its limit,
 * so that a flood costs no question to the database.
 */
@Injectable()
export class Attempts {
  private readonly blockedUntil = new LRUCache<string, number>({ max: KNOWN_BLOCKED });
  private readonly good = new LRUCache<string, true>({ max: KNOWN_GOOD });
  private counted = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** A credential that was right a while ago is looked at even while guesses from its address are not. */
  isKnownGood(credential: string): boolean {
    return this.good.has(credential);
  }

  remember(credential: string): void {
    this.good.set(credential, true);
  }

  /** @throws DomainError `rate_limited` while one of the subjects is over its limit */
  refuseBlocked(subjects: readonly Subject[]): void {
    const now = Date.now();
    for (const subject of subjects) {
      const until = this.blockedUntil.get(nameOf(subject));
      if (until !== undefined && until > now) throw tooMany(subject, (until - now) / 1_000);
    }
  }

  /** @throws DomainError `rate_limited` when this one is beyond the limit of a subject */
  async count(subjects: readonly Subject[]): Promise<void> {
    const byName = new Map(subjects.map((subject) => [nameOf(subject), subject]));
    const rows = (await this.dataSource.query(
      `INSERT INTO ops.attempt AS a (subject, window_start, count)
       SELECT s, date_trunc('minute', now()), 1 FROM unnest($1::text[]) AS s ORDER BY s
       ON CONFLICT (subject) DO UPDATE SET window_start = excluded.window_start,
         count = CASE WHEN a.window_start = excluded.window_start THEN least(a.count, 1000000) + 1 ELSE 1 END
       RETURNING subject, count, extract(epoch FROM window_start + interval '1 minute' - now())::float8 AS left_s`,
      [[...byName.keys()]],
    )) as { subject: string; count: number; left_s: number }[];
    if ((this.counted += 1) % SWEEP_EVERY === 0) await this.sweep();
    for (const { subject: name, count, left_s: seconds } of rows) {
      const subject = byName.get(name)!;
      if (count <= MOST_ATTEMPTS[subject.kind]) continue;
      this.blockedUntil.set(name, Date.now() + seconds * 1_000, { ttl: Math.ceil(Math.max(1, seconds * 1_000)) });
      throw tooMany(subject, seconds);
    }
  }

  private async sweep(): Promise<void> {
    await this.dataSource.query(`DELETE FROM ops.attempt WHERE window_start < now() - interval '2 minutes'`);
  }
}

const WHAT: Record<Kind, string> = {
  address: 'wrong credentials of one address',
  prefix: 'wrong keys of one prefix',
  login: 'logins',
};

function tooMany({ kind }: Subject, left: number): DomainError {
  const seconds = Math.max(1, Math.ceil(left));
  const limit = MOST_ATTEMPTS[kind];
  return new DomainError('rate_limited', `${WHAT[kind]} must be at most ${limit} a minute, try again in ${seconds} s`, {
    limit,
    retry_after_s: seconds,
  });
}
