/** What a sweep of a universe may change: the rest says which bars it is for, or how a run of it is told. */
export const SWEPT_UNIVERSE_PARTS = ['features', 'cross_sections', 'portfolio', 'costs'] as const;

/** Whether all cells of a parameter with that path trade on the same panel. */
export function isSweptUniversePath(path: string): boolean {
  const [part, ...rest] = path.split('.');
  return rest.length > 0 && SWEPT_UNIVERSE_PARTS.some((name) => name === part);
}
