/** What the widget does that amoCRM's documentation does not have; whoever tests it looks into the console. */
export function complain(what) {
  const complaint = new Error(`not in amoCRM's interface for widgets: ${what}`);
  console.error(complaint.message);
  return complaint;
}
