// Strings of the screen: agreements.

export const agreements = {} as const;
