import type { PinnedRef } from '@assay/contracts';
import { refuse } from '@assay/domain';
import { inTurn, newId } from '@assay/persistence';
import { hashOf } from '@assay/pipeline';
import { notFound, updateVersioned, type ExpectedVersion } from '@assay/platform';
import { In, IsNull, MoreThan, type DeepPartial, type EntityManager, type FindOptionsWhere } from 'typeorm';
import type { Pinned } from '../../recipes/compose-recipe';

/** Columns that features, models and signal logics share. */
export interface DefinitionRow {
  id: string;
  ownerId: string | null;
  name: string;
  revision: number;
  hash: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface DefinitionRevisionRow<C> {
  id: string;
  revision: number;
  hash: string;
  content: C;
  createdAt: Date;
}

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
  constructor(private readonly of: DefinitionKind<Row, C>) {}

  findOptional(em: EntityManager, ownerId: string, id: string): Promise<Row | null> {
    return em.findOne(this.of.entity, { where: this.readable(ownerId, { id }) });
  }

  async find(em: EntityManager, ownerId: string, id: string): Promise<Row> {
    const row = await this.findOptional(em, ownerId, id);
    if (!row) throw notFound(this.of.kind, id);
    return row;
  }

  list(em: EntityManager, ownerId: string, limit: number, cursor?: string): Promise<Row[]> {
    return em.find(this.of.entity, {
      where: this.readable(ownerId, cursor ? { id: MoreThan(cursor) } : {}),
      order: { id: 'ASC' } as never,
      take: limit,
    });
  }

  revisionsOf(em: EntityManager, id: string, limit: number, after: number): Promise<DefinitionRevisionRow<C>[]> {
    return em.find(this.of.revisions, {
      where: { id, revision: MoreThan(after) } as never,
      order: { revision: 'ASC' } as never,
      take: limit,
    });
  }

  async create(em: EntityManager, ownerId: string, fields: DeepPartial<Row>, content: C): Promise<Row> {
    const now = new Date();
    const row = {
      ...fields,
      id: newId(),
      ownerId,
      revision: 1,
      hash: hashOf(content),
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await em.insert(this.of.entity, row as never);
    await this.addRevision(em, row.id, 1, row.hash, content, now);
    return this.find(em, ownerId, row.id);
  }

  /** @throws DomainError 409 `stale_version`, 403 for a built-in definition. */
  async update(
    em: EntityManager,
    row: Row,
    expected: ExpectedVersion,
    fields: DeepPartial<Row>,
    content: C,
  ): Promise<Row> {
    this.assertOwned(row);
    const now = new Date();
    const hash = hashOf(content);
    const revision = hash === row.hash ? row.revision : row.revision + 1;
    const patch = { ...fields, hash, revision, updatedAt: now };
    await updateVersioned(em, this.of.entity as never, { id: row.id, ownerId: row.ownerId! }, expected, patch as never);
    if (revision !== row.revision) await this.addRevision(em, row.id, revision, hash, content, now);
    return this.find(em, row.ownerId!, row.id);
  }

  async remove(em: EntityManager, row: Row): Promise<void> {
    this.assertOwned(row);
    await em.delete(this.of.entity, { id: row.id } as never);
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
    const where = { id: pin.id, revision: pin.revision } as never;
    const found = await em.findOne(this.of.revisions, { where });
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

  private async addRevision(
    em: EntityManager,
    id: string,
    revision: number,
    hash: string,
    content: C,
    createdAt: Date,
  ) {
    await em.insert(this.of.revisions, { id, revision, hash, content, createdAt } as never);
  }

  private assertOwned(row: Row): void {
    if (row.ownerId === null)
      throw refuse('forbidden', `${this.of.kind} ${row.name} is built in and cannot be changed`, { id: row.id });
  }

  private readable(ownerId: string, where: object): FindOptionsWhere<Row>[] {
    const own = { ...where, ownerId } as FindOptionsWhere<Row>;
    return this.of.builtIn ? [own, { ...where, ownerId: IsNull() } as FindOptionsWhere<Row>] : [own];
  }
}
