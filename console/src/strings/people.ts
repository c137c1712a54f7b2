// Strings of the screen: people.

export const people = {} as const;
