import { useEffect, useRef, useState, type RefObject } from 'react';

interface Removable {
  remove: () => void;
}

/**
 * A drawing that lives in an element: its code is fetched once the element is there, and made anew when `key` changes (another colour scheme,
 * another zone). Undefined until then.
 */
export function useCanvas<Canvas extends Removable>(
  load: (element: HTMLElement) => Promise<() => Canvas>,
  key: string,
): { element: RefObject<HTMLDivElement | null>; canvas: Canvas | undefined; error: unknown } {
  const element = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<{ canvas?: Canvas; error?: unknown }>({});
  const loader = useRef(load);
  useEffect(() => {
    loader.current = load;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    let made: Canvas | undefined;
    let gone = false;
    loader.current(target).then(
      (create) => {
        if (gone) return;
        made = create();
        setState({ canvas: made });
      },
      (error: unknown) => {
        if (!gone) setState({ error });
      },
    );
    return () => {
      gone = true;
      made?.remove();
      setState({});
    };
  }, [key]);
  return { element, canvas: state.canvas, error: state.error };
}
