import { useMatches } from '@tanstack/react-router';
import { useEffect } from 'react';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the browser's tab says. */
    title?: string;
    /** The right that the page is of no use without. */
    needs?: string;
  }
}

/** The title of the deepest route that has one, in the browser's tab. */
export function usePageTitle(): void {
  const title = useMatches({ select: (matches) => matches.map((match) => match.staticData.title).findLast(Boolean) });
  useEffect(() => {
    document.title = title ? `${title} · Assay` : 'Assay';
  }, [title]);
}
