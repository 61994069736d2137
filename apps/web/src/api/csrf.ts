let token: string | null = null;

/** The session's CSRF token, which every request that changes something carries. Kept in memory alone. */
export const setCsrfToken = (value: string | null): void => {
  token = value;
};
export const csrfToken = (): string | null => token;
