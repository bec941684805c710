"""How good generated images are, judged by what a network of this domain sees in them.

`features` asks the network; every other module is pure functions of arrays; `judge` puts the figures together and
`floor` says what real images would get.
"""
