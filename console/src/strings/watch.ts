// Strings of the screen: watch.

export const watch = {} as const;
