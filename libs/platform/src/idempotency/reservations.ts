import { DomainError } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import type { DataSource, EntityManager } from 'typeorm';
import type { AnswerSeal, StoredAnswer } from './sealed-answer';

/** Whose key of which route it is. */
export interface KeyName {
  callerId: string;
  route: string;
  key: string;
}

export interface Reservation extends KeyName {
  token: string;
}

export type Known =
  | { kind: 'reserved'; reservation: Reservation }
  | { kind: 'answered'; answer: StoredAnswer }
  | { kind: 'other_request' }
  | { kind: 'in_progress' }
  /** Carried out, wholly or in part, by a request whose answer was never stored. */
  | { kind: 'answer_lost' };

/** A request that has not ended by then has lost its process; then the key may be taken over. */
const HELD_S = 60;
const KEPT = `interval '24 hours'`;

interface Row {
  request_mac: Buffer;
  answer: Buffer | null;
  effect: boolean;
  held: boolean;
}

/**
 * Keys of requests in `ops.idempotency_key`. A reservation is fenced by its token: the transaction that writes the effect marks the row in
 * the same commit, and fails where another request has taken the key over. So an effect is there at most once, whatever dies when.
 */
export class Reservations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly seal: AnswerSeal,
  ) {}

  async take(name: KeyName, requestMac: Buffer): Promise<Known> {
    const { callerId, route, key } = name;
    const token = newId();
    for (;;) {
      const taken = (await this.dataSource.query(
        `INSERT INTO ops.idempotency_key AS k (caller_id, route, key, request_mac, token, held_until)
         VALUES ($1, $2, $3, $4, $5, now() + interval '${HELD_S} seconds')
         ON CONFLICT (caller_id, route, key) DO UPDATE SET request_mac = excluded.request_mac, token = excluded.token,
           held_until = excluded.held_until, effect = false, answer = NULL, created_at = now()
         WHERE k.held_until < now() AND (k.created_at < now() - ${KEPT}
           OR (k.answer IS NULL AND NOT k.effect AND k.request_mac = excluded.request_mac))
         RETURNING token`,
        [callerId, route, key, requestMac, token],
      )) as unknown[];
      if (taken.length > 0) return { kind: 'reserved', reservation: { ...name, token } };
      const [row] = (await this.dataSource.query(
        `SELECT request_mac, answer, effect, held_until >= now() AS held FROM ops.idempotency_key
         WHERE caller_id = $1 AND route = $2 AND key = $3`,
        [callerId, route, key],
      )) as Row[];
      // Given free in between: a refused request leaves none.
      if (row) return this.known(row, requestMac);
    }
  }

  private known(row: Row, requestMac: Buffer): Known {
    if (!row.request_mac.equals(requestMac)) return { kind: 'other_request' };
    const answer = row.answer && this.seal.open(row.answer);
    if (answer) return { kind: 'answered', answer };
    return { kind: row.held && !row.answer ? 'in_progress' : 'answer_lost' };
  }

  /** In the transaction that has the effect, last. @throws DomainError 409 where another request has taken the key over */
  async markEffect(em: EntityManager, { callerId, route, key, token }: Reservation): Promise<void> {
    const [{ wrote }] = (await em.query('SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote')) as [
      { wrote: boolean },
    ];
    if (!wrote) return;
    const [, marked] = (await em.query(
      `UPDATE ops.idempotency_key SET effect = true WHERE caller_id = $1 AND route = $2 AND key = $3 AND token = $4`,
      [callerId, route, key, token],
    )) as [unknown, number];
    if (marked === 0) throw inProgress(key);
  }

  async keep({ callerId, route, key, token }: Reservation, answer: StoredAnswer): Promise<void> {
    await this.dataSource.query(
      `UPDATE ops.idempotency_key SET answer = $5, held_until = now()
       WHERE caller_id = $1 AND route = $2 AND key = $3 AND token = $4`,
      [callerId, route, key, token, this.seal.seal(answer)],
    );
  }

  /** After a failure: the key is free again, unless something was written already. */
  async release({ callerId, route, key, token }: Reservation): Promise<void> {
    const mine = 'caller_id = $1 AND route = $2 AND key = $3 AND token = $4';
    const values = [callerId, route, key, token];
    await this.dataSource.query(`DELETE FROM ops.idempotency_key WHERE ${mine} AND NOT effect`, values);
    await this.dataSource.query(`UPDATE ops.idempotency_key SET held_until = now() WHERE ${mine}`, values);
  }
}

/** Rows that nobody may ask for any more. */
export async function removeExpired(dataSource: DataSource): Promise<void> {
  await dataSource.query(`DELETE FROM ops.idempotency_key WHERE created_at < now() - ${KEPT} AND held_until < now()`);
}

export const inProgress = (key: string): DomainError =>
  new DomainError('request_in_progress', `a request with Idempotency-Key ${key} is being worked on: ask again in 1 s`, {
    retry_after_s: 1,
  });
