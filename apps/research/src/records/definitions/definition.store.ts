import type { PinnedRef } from '@assay/contracts';
import { insertRow, inTurn } from '@assay/persistence';
import { updateVersioned, type ExpectedVersion } from '@assay/platform';
import { hashOf, notFound, refuse } from '@assay/primitives';
import { newId } from '@assay/primitives/ids';
import {
  In,
  IsNull,
  MoreThan,
  type EntityManager,
  type FindOptionsOrder,
  type FindOptionsWhere,
  type ObjectLiteral,
} from 'typeorm';
import type { Pinned } from '../../recipes/pinned';
import { beyond, directionOf, havingEveryWord, type PageRead } from '../list-page';

/** Columns that features, models and signal logics share. */
export interface DefinitionRow extends ObjectLiteral {
  id: string;
  ownerId: string | null;
  name: string;
  revision: number;
  hash: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface DefinitionRevisionRow<C> extends ObjectLiteral {
  id: string;
  revision: number;
  hash: string;
  content: C;
  createdAt: Date;
}

/** What the store keeps by itself. */
type Kept = 'id' | 'ownerId' | 'revision' | 'hash' | 'version' | 'createdAt' | 'updatedAt';
/** Columns that a definition's author fills. */
export type DefinitionColumns<Row extends DefinitionRow> = Partial<Omit<Row, Kept>>;

type EntityClass<T> = new () => T;

export interface DefinitionKind<Row extends DefinitionRow, C> {
  /** For messages: `feature`. */
  kind: string;
  entity: EntityClass<Row>;
  revisions: EntityClass<DefinitionRevisionRow<C>>;
  /** Rows without an owner are everyone's to read and nobody's to change. */
  builtIn?: boolean;
}

/**
 * Named definitions with an optimistic lock and immutable content revisions: a revision is added only when the hash of
 * the content changes, and every revision stays readable, because strategies pin (id, revision, hash).
 */
export class DefinitionStore<Row extends DefinitionRow, C> {
  constructor(protected readonly of: DefinitionKind<Row, C>) {}

  findOptional(em: EntityManager, ownerId: string, id: string): Promise<Row | null> {
    return em.findOne(this.of.entity, { where: this.readable(ownerId, { id }) });
  }

  async find(em: EntityManager, ownerId: string, id: string): Promise<Row> {
    const row = await this.findOptional(em, ownerId, id);
    if (!row) throw notFound(this.of.kind, id);
    return row;
  }

  /** Those with every one of the words in their name, where some are given. */
  list(em: EntityManager, ownerId: string, { limit, cursor, order, q }: PageRead & { q?: string }): Promise<Row[]> {
    const asked = { ...(cursor && { id: beyond(cursor, order) }), ...(q && { name: havingEveryWord(q) }) };
    return em.find(this.of.entity, {
      where: this.readable(ownerId, asked),
      order: { id: directionOf(order) } as FindOptionsOrder<Row>,
      take: limit,
    });
  }

  revisionsOf(em: EntityManager, id: string, limit: number, after: number): Promise<DefinitionRevisionRow<C>[]> {
    return em.find(this.of.revisions, {
      where: { id, revision: MoreThan(after) },
      order: { revision: 'ASC' },
      take: limit,
    });
  }

  async create(em: EntityManager, ownerId: string, columns: DefinitionColumns<Row>, content: C): Promise<Row> {
    const now = new Date();
    const kept: Pick<DefinitionRow, Kept> = {
      id: newId(),
      ownerId,
      revision: 1,
      hash: hashOf(content),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await insertRow(em, this.of.entity, { ...columns, ...kept } as Row);
    await this.addRevision(em, { id: kept.id, revision: 1, hash: kept.hash, content, createdAt: now });
    return this.find(em, ownerId, kept.id);
  }

  /** @throws DomainError 409 `stale_version`, 403 for a built-in definition. */
  async update(
    em: EntityManager,
    row: Row,
    expected: ExpectedVersion,
    columns: DefinitionColumns<Row>,
    content: C,
  ): Promise<Row> {
    const ownerId = this.ownerOf(row);
    const now = new Date();
    const hash = hashOf(content);
    const revision = hash === row.hash ? row.revision : row.revision + 1;
    const change = { ...columns, hash, revision, updatedAt: now } as Partial<Row>;
    await updateVersioned(em, this.of.entity, { id: row.id, ownerId }, expected, change);
    if (revision !== row.revision) await this.addRevision(em, { id: row.id, revision, hash, content, createdAt: now });
    return this.find(em, ownerId, row.id);
  }

  async remove(em: EntityManager, row: Row): Promise<void> {
    this.ownerOf(row);
    await em.delete(this.of.entity, { id: row.id } as FindOptionsWhere<Row>);
  }

  /** Newest revision of each id, in the order given. @throws DomainError `not_found` for the first that is not readable. */
  async newest(em: EntityManager, ownerId: string, ids: string[]): Promise<Pinned<C>[]> {
    if (ids.length === 0) return [];
    const rows = await em.find(this.of.entity, { where: this.readable(ownerId, { id: In(ids) }) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return inTurn(ids, async (id) => {
      const row = byId.get(id);
      if (!row) throw notFound(this.of.kind, id);
      return this.pinned(em, { id, revision: row.revision, hash: row.hash });
    });
  }

  /** Content of a pin. @throws DomainError `evidence_mismatch` when the stored content no longer has that hash. */
  async pinned(em: EntityManager, pin: PinnedRef): Promise<Pinned<C>> {
    const found = await em.findOne(this.of.revisions, { where: { id: pin.id, revision: pin.revision } });
    if (!found) throw notFound(`${this.of.kind} revision`, `${pin.id} ${pin.revision}`);
    const actual = hashOf(found.content);
    if (actual !== pin.hash || found.hash !== pin.hash) {
      throw refuse(
        'evidence_mismatch',
        `${this.of.kind} ${pin.id} revision ${pin.revision} must have hash ${pin.hash}, was ${actual}`,
        {
          id: pin.id,
          revision: pin.revision,
          hash: pin.hash,
          actual,
        },
      );
    }
    return { pin, content: found.content };
  }

  private async addRevision(em: EntityManager, row: DefinitionRevisionRow<C>): Promise<void> {
    await insertRow(em, this.of.revisions, row);
  }

  private ownerOf(row: Row): string {
    if (row.ownerId !== null) return row.ownerId;
    throw refuse('forbidden', `${this.of.kind} ${row.name} is built in and cannot be changed`, { id: row.id });
  }

  private readable(ownerId: string, where: object): FindOptionsWhere<Row>[] {
    const own = { ...where, ownerId } as FindOptionsWhere<Row>;
    return this.of.builtIn ? [own, { ...where, ownerId: IsNull() } as FindOptionsWhere<Row>] : [own];
  }
}
