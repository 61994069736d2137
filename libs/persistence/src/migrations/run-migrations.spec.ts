import { migrations } from '.';
import type { Migration } from './migration';
import { runMigrations, type Session } from './run-migrations';

/** Remembers what is applied, in order, as a database does. */
class RecordingSession implements Session {
  readonly applied: { name: string; checksum: string }[] = [];

  query(sql: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> {
    if (sql.startsWith('SELECT name')) return Promise.resolve({ rows: [...this.applied] });
    if (sql.startsWith('INSERT INTO ops.migration')) {
      this.applied.push({ name: values[0] as string, checksum: values[1] as string });
    }
    return Promise.resolve({ rows: [] });
  }

  names(): string[] {
    return this.applied.map(({ name }) => name);
  }
}

const make = (...names: string[]): Migration[] => names.map((name) => ({ name, up: `-- ${name}` }));

describe('the order of migrations', () => {
  it('is that of the list, whichever release a database comes from', async () => {
    const fresh = new RecordingSession();
    await runMigrations(fresh, migrations);
    for (let released = 0; released < migrations.length; released += 1) {
      const upgraded = new RecordingSession();
      await runMigrations(upgraded, migrations.slice(0, released));
      await runMigrations(upgraded, migrations);
      expect(upgraded.applied).toEqual(fresh.applied);
    }
  });

  it('is not that of the names', async () => {
    const session = new RecordingSession();
    expect(await runMigrations(session, make('0030-late', '0010-early'))).toEqual(['0030-late', '0010-early']);
    expect(session.names()).toEqual(['0030-late', '0010-early']);
  });

  it('is kept by a refusal of a new one among those that are applied', async () => {
    const session = new RecordingSession();
    await runMigrations(session, make('0001-a', '0020-b'));
    await expect(runMigrations(session, make('0001-a', '0009-new', '0020-b'))).rejects.toThrow(
      'migration 0009-new stands before 0020-b, which is applied: a new one is appended',
    );
    expect(session.names()).toEqual(['0001-a', '0020-b']);
  });

  it('is fixed up to the numbers by owner; from 0040 on the numbers rise', () => {
    const names = migrations.map(({ name }) => name);
    const numbers = names.map((name) => name.slice(0, 4));
    const byOwner =
      '0001 0002 0003 0010 0011 0012 0020 0021 0022 0023 0024 0030 0005 0025 0004 0013 0008 0026 0027 0015';
    const released = [...byOwner.split(' '), '0006', '0028', '0031', '0007', '0039'];
    expect(numbers.slice(0, released.length)).toEqual(released);
    const since = numbers.slice(released.length);
    expect(since).toEqual([...since].sort());
    expect(since.every((number) => number >= '0040')).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
