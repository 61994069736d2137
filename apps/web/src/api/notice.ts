/** What a service says when something of the user's has changed: of which kind, and which. */
export interface Notice {
  kind: string;
  id: string | null;
}

export function parseNotice(data: string): Notice | undefined {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string')
      return undefined;
    return { kind: value.kind, id: 'id' in value && typeof value.id === 'string' ? value.id : null };
  } catch {
    return undefined;
  }
}
