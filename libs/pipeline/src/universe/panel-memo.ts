import type { StageMemo } from '@assay/domain';
import { StageCache } from '../stages';

/** How the keys of what was decided over a panel begin. */
export const DECISIONS = 'decisions';

/**
 * What documents over one panel have in common. Of decisions the last alone is kept, since they take as much memory as the
 * panel: that serves documents which differ in their costs and come one after the other.
 */
export class PanelMemo implements StageMemo {
  private readonly tables = new StageCache();
  private last: { key: string; value: unknown } | null = null;

  of<T>(key: string, make: () => T): T {
    if (!key.startsWith(DECISIONS)) return this.tables.of(key, make);
    if (this.last?.key !== key) {
      // let go of before the next is made
      this.last = null;
      this.last = { key, value: make() };
    }
    return this.last.value as T;
  }

  has(key: string): boolean {
    return this.last?.key === key || this.tables.has(key);
  }
}
