/** How long a code may wait for its use. */
export const CODE_MINUTES = 15;

/** The code stands behind the `#`, which no browser sends and no log has. @param origin of the pages' server */
export const signInLink = (origin: string, code: string): string =>
  `${origin.replace(/\/+$/, '')}/sign-in#code=${code}`;
