/** The page of a paper: prints it, on the paper that is chosen. */
document.getElementById("print").onclick = () => print();
document.querySelector(".tools").onchange = ({ target }) => {
  document.body.className = target.value;
};
