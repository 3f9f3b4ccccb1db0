/* The theme drops the keyboard's focus when its menus close; it goes back to the button that opened them. */
for (const side of ["primary", "secondary"]) {
  document.getElementById(`pst-${side}-sidebar-modal`)?.addEventListener("close", () => {
    [...document.querySelectorAll(`button.${side}-toggle`)].find((button) => button.checkVisibility())?.focus();
  });
}
