// What every state and journey begins with: finding by test id, and opening an account.

export const id = (name) => `[data-testid="${name}"]`;
export const open = (address) => async (page) => {
  await page.click(`${id(`row-${address}`)} [data-account]`);
  await page.waitForSelector('[data-loaded="true"]');
};
export const ORDER = 'order@hana-shop.example';
