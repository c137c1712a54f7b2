// Strings of the screen: public.

const publicPage = {} as const;
export { publicPage as public };
